// Times in the reader's zone, as "3 min ago" or as dates, kept true while a page stays open.

const YEAR = 31_536_000;

function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  const days = Math.floor(seconds / 86400);
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30)} mo` : `${Math.floor(days / 365)} y`;
}

const absolute = (): boolean => document.documentElement.dataset.times === "absolute";

function relative(time: HTMLTimeElement): string {
  const seconds = Math.floor((Date.now() - new Date(time.dateTime).getTime()) / 1000);
  return seconds < 0 ? `in ${span(-seconds)}` : seconds < 5 ? "just now" : `${span(seconds)} ago`;
}

/** Those that the server wrote in two ways: short, and how long ago. */
function refresh(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-brief]")) {
    const place = time.querySelector(".ago") ?? time;
    const text = absolute() ? (time.dataset.brief ?? "") : relative(time);
    if (place.textContent !== text) place.textContent = text;
  }
}

function cookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`;
}

export function switchTimes(): string {
  const next = absolute() ? "relative" : "absolute";
  document.documentElement.dataset.times = next;
  cookie("levee-times", next);
  refresh();
  return next === "absolute" ? "Times as dates" : "Times as how long ago";
}

/** Tells the server the zone; until the next page hovering shows the reader's own time besides. */
function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shown = document.documentElement.dataset.zone;
  if (!zone || zone === shown || (zone === "UTC" && shown === "Z")) return;
  cookie("levee-zone", zone);
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[datetime][title]")) {
    time.title += `\n${new Date(time.dateTime).toLocaleString()} here`;
  }
}

export function startTimes(): void {
  tellZone();
  refresh();
  window.setInterval(refresh, 20_000);
  document.addEventListener("htmx:afterSwap", refresh);
}
