// Theme, copying, menus, forms that submit themselves, the help dialog.

import { switchTimes } from "./times";

const BUSY_MILLIS = 250;
const THEMES = ["auto", "light", "dark"];

export function toast(text: string): void {
  const place = document.getElementById("toast");
  if (!place) return;
  place.textContent = text;
  window.setTimeout(() => {
    if (place.textContent === text) place.textContent = "";
  }, 2600);
}

// A cookie and not local storage, so that the server sends the right colours with the first byte.
export function switchTheme(): void {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "auto") + 1) % THEMES.length];
  root.dataset.theme = next;
  document.cookie = `levee-theme=${next}; path=/; max-age=31536000; samesite=lax`;
  toast(next === "auto" ? "Colours as the system has them" : `Colours: ${next}`);
}

export function toggleHelp(): void {
  const help = document.getElementById("help") as HTMLDialogElement;
  if (help.open) help.close();
  else help.showModal();
}

/** Fetches a text only when somebody wants it, so that pages don't carry it. */
async function copyFrom(address: string): Promise<void> {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    await navigator.clipboard.writeText(await answer.text());
    toast("Copied");
  } catch {
    location.assign(address); // No clipboard without HTTPS: show the text, to be copied by hand.
  }
}

async function copy(id: string): Promise<void> {
  const text = document.getElementById(id)?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    // Without HTTPS browsers give no clipboard; select the text, so that Ctrl+C copies it.
    const source = document.getElementById(id);
    if (!source) return;
    source.hidden = false;
    getSelection()?.selectAllChildren(source);
    toast("Selected: press Ctrl+C to copy");
  }
}

export function startPage(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("button");
    if (button?.dataset.copy) void copy(button.dataset.copy);
    if (button?.dataset.copyFrom) void copyFrom(button.dataset.copyFrom);
    if (button?.hasAttribute("data-times-toggle")) toast(switchTimes());
    if (button?.hasAttribute("data-theme-toggle")) switchTheme();
    if (button?.hasAttribute("data-help") || button?.hasAttribute("data-close")) toggleHelp();
    document.querySelectorAll<HTMLDetailsElement>("details.menu[open]").forEach((menu) => {
      if (!menu.contains(target)) menu.open = false;
    });
  });
  document.addEventListener("change", (event) => {
    const select = event.target as HTMLSelectElement;
    if (!select.matches("[data-submit]")) return;
    if (select.name === "range") {
      select.form?.querySelectorAll("input[name=from], input[name=to]").forEach((it) => it.remove());
    }
    select.form?.requestSubmit();
  });
  // Empty fields make addresses long for nothing.
  document.addEventListener("formdata", (event) => {
    if (!(event.target as Element).matches("[data-filters]")) return;
    const data = (event as FormDataEvent).formData;
    for (const [name, value] of [...data]) if (value === "") data.delete(name);
  });
  if (matchMedia("(max-width: 1060px)").matches) {
    document.querySelector(".facets-fold")?.removeAttribute("open");
  }
  const nav = document.querySelector<HTMLElement>(".nav");
  const here = nav?.querySelector<HTMLElement>("[aria-current]");
  if (nav && here) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.clientWidth) / 2;
  // A page that takes its time says so at once.
  window.addEventListener("beforeunload", () => window.setTimeout(() => document.body.classList.add("busy"), BUSY_MILLIS));
  window.addEventListener("pageshow", () => document.body.classList.remove("busy"));
}
