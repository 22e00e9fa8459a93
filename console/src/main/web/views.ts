// Saved views: a name for the filters of a list, kept by this browser.
import { toast } from "./page";
import { store, stored } from "./recent";

const KEY = "levee-views";
const MOST = 50;

export interface View {
  name: string;
  href: string;
}

export const views = (): View[] => stored<View>(KEY).filter((it) => it.name && it.href?.startsWith("/p/"));

/** Where this page's filters lead, without the place in a list. */
function here(): string {
  const params = new URLSearchParams(location.search);
  for (const passing of ["after", "shown"]) params.delete(passing);
  const text = params.toString();
  return location.pathname + (text ? `?${text}` : "");
}

function keep(list: View[], words: string): void {
  toast(store(KEY, list) ? words : "This browser keeps nothing for this page");
  draw();
}

function entry(view: View): HTMLElement {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = view.href;
  link.textContent = view.name;
  if (view.href === here()) link.setAttribute("aria-current", "true");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "icon";
  drop.textContent = "×";
  drop.setAttribute("aria-label", `Forget the view ${view.name}`);
  drop.addEventListener("click", () => keep(views().filter((it) => it.name !== view.name || it.href !== view.href), `Forgot “${view.name}”`));
  line.append(link, drop);
  return line;
}

function draw(): void {
  const menu = document.querySelector<HTMLElement>("[data-views]");
  const list = menu?.querySelector("ul");
  if (!menu || !list) return;
  const mine = views().filter((view) => view.href.split("?")[0] === location.pathname);
  list.replaceChildren(...mine.map(entry));
  menu.classList.remove("later");
  menu.querySelector("summary")!.textContent = mine.find((it) => it.href === here())?.name ?? "Views";
}

export function startViews(): void {
  const form = document.querySelector<HTMLFormElement>("[data-views] form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = form.querySelector("input")!.value.trim();
    if (!name) return;
    form.reset();
    const others = views().filter((it) => it.name !== name || it.href.split("?")[0] !== location.pathname);
    keep([...others, { name, href: here() }].slice(-MOST), `Saved “${name}”`);
  });
  draw();
}
