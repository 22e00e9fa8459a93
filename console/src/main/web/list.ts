// Lists: a cursor, a selection, and a quiet refresh that keeps both.
import { newEvents, offer } from "./live";
import { toast } from "./page";

const POLL_MILLIS = 10_000;
let cursor: string | null = null;

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-list] [data-row]")];
const boxes = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("#issue-list tbody input[name=id]")];

/** Whether all that match are meant, on whatever page they are. */
const everything = (): boolean => document.querySelector<HTMLInputElement>("#issue-list input[name=all]")?.checked ?? false;

export function current(): HTMLElement | null {
  return rows().find((row) => row.dataset.row === cursor) ?? null;
}

export function move(step: number): void {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row.dataset.row === cursor);
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))] ?? all[0];
  cursor = next.dataset.row ?? null;
  mark();
  next.scrollIntoView({ block: "nearest" });
  next.querySelector<HTMLElement>("[data-open], summary")?.focus({ preventScroll: true });
}

export function toggle(): void {
  const box = current()?.querySelector<HTMLInputElement>("input[name=id]");
  if (!box) return;
  box.checked = !box.checked;
  mark();
}

export function open(): void {
  const row = current();
  if (row instanceof HTMLDetailsElement) row.open = !row.open;
  else row?.querySelector<HTMLElement>("[data-open]")?.click();
}

/** Presses a button of the list or of the page; in a list without selection it means the cursor's row. */
export function act(key: string): void {
  const button = document.querySelector<HTMLButtonElement>(`[data-action="${key}"]`);
  if (!button) return;
  if (key !== "z" && button.closest("#issue-list") && !everything() && !boxes().some((box) => box.checked)) {
    const box = current()?.querySelector<HTMLInputElement>("input[name=id]");
    if (!box) return;
    box.checked = true;
    mark();
  }
  button.click();
}

function mark(): void {
  rows().forEach((row) => row.classList.toggle("cursor", row.dataset.row === cursor));
  const picked = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest("tr")?.classList.toggle("picked", box.checked));
  const list = document.getElementById("issue-list");
  list?.toggleAttribute("data-any", picked.length > 0);
  const words = list?.querySelector("[data-selected]");
  if (words) words.textContent = picked.length ? `${picked.length} selected` : "";
  list?.querySelectorAll<HTMLButtonElement>("[data-action]").forEach((it) => (it.disabled = it.dataset.action !== "z" && !everything() && !picked.length && !current()));
  const all = list?.querySelector<HTMLInputElement>("[data-all]");
  if (all) {
    all.checked = picked.length > 0 && picked.length === boxes().length;
    all.indeterminate = picked.length > 0 && !all.checked;
  }
}

/** Puts another list in the place of this one. What is selected, under the cursor or focused stays so. */
function replace(now: HTMLElement, fresh: HTMLElement): void {
  const picked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  const focused = (document.activeElement?.closest("[data-row]") as HTMLElement | null)?.dataset.row;
  const part = document.activeElement?.matches("input") ? "input" : "[data-open]";
  for (const selector of ["tbody", "[data-total]", "[data-sight]"]) {
    const old = now.querySelector(selector);
    const young = fresh.querySelector(selector);
    if (!old || !young) {
      if (!old !== !young) location.reload();
      continue;
    }
    if (old.innerHTML !== young.innerHTML) old.replaceWith(document.importNode(young, true));
  }
  now.querySelector("[data-news]")?.replaceChildren();
  boxes().forEach((box) => (box.checked = picked.has(box.value)));
  if (focused) document.querySelector<HTMLElement>(`[data-row="${CSS.escape(focused)}"] ${part}`)?.focus({ preventScroll: true });
  mark();
  document.dispatchEvent(new Event("htmx:afterSwap"));
}

const events = (row: HTMLElement | undefined): number => Number((row?.dataset.events ?? "0").replaceAll(",", ""));

/** Looks for news. Rows stay where they are under the reader's eyes until they ask for the new order. */
async function refresh(): Promise<void> {
  const list = document.getElementById("issue-list");
  if (!list?.dataset.poll || document.hidden) return;
  const answer = await fetch(list.dataset.poll, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const now = document.getElementById("issue-list");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("issue-list");
  const place = now?.querySelector<HTMLElement>("[data-news]");
  if (!now || !fresh || !place || now !== list) return;
  const known = new Map(rows().map((row) => [row.dataset.row, row]));
  let more = 0;
  for (const row of fresh.querySelectorAll<HTMLElement>("tbody [data-row]")) {
    more += Math.max(0, events(row) - events(known.get(row.dataset.row)));
  }
  if (more > 0) offer(place, newEvents(more), () => replace(now, fresh));
}

export function startList(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-all]")) boxes().forEach((it) => (it.checked = box.checked));
    if (box.closest("#issue-list")) mark();
  });
  document.addEventListener("htmx:afterSettle", () => {
    mark();
    const notice = document.querySelector<HTMLElement>("[data-notice]");
    if (notice?.dataset.notice) toast(notice.dataset.notice);
    notice?.remove();
  });
  document.addEventListener("htmx:sendError", () => toast("The server does not answer"));
  document.addEventListener("htmx:responseError", () => toast("That did not work"));
  mark();
  window.setInterval(() => void refresh().catch(() => undefined), POLL_MILLIS);
}
