// News without moving the page: says that there are new events and waits until somebody asks.

const POLL_MILLIS = 10_000;

/** Offers to show what is new; the line stands over the page and pushes nothing down. */
export function offer(place: HTMLElement, words: string, show: () => void): void {
  let button = place.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "primary";
    button.dataset.key = "n";
    place.replaceChildren(button);
  }
  button.onclick = show;
  if (button.textContent !== words) button.textContent = words;
}

export const newEvents = (count: number): string => `${count.toLocaleString("en")} new event${count === 1 ? "" : "s"}: show`;

async function look(place: HTMLElement): Promise<void> {
  if (document.hidden || !place.dataset.live) return;
  const answer = await fetch(place.dataset.live);
  if (!answer.ok) return;
  const fresh = Number(await answer.text()) - Number(place.dataset.known);
  if (fresh > 0) offer(place, newEvents(fresh), () => location.reload());
}

export function startLive(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-live]:not([data-live=""])')) {
    window.setInterval(() => void look(place).catch(() => undefined), POLL_MILLIS);
  }
}
