// Keeps "3 min ago" true while a page stays open, and adds the reader's own time to the hover text.

function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  const days = Math.floor(seconds / 86400);
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30)} mo` : `${Math.floor(days / 365)} y`;
}

function refresh(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const date = new Date(time.dateTime);
    const place = time.querySelector(".ago") ?? time;
    if (/ ago$|^just now$/.test(place.textContent ?? "")) {
      const seconds = Math.floor((Date.now() - date.getTime()) / 1000);
      if (seconds >= 0) place.textContent = seconds < 5 ? "just now" : `${span(seconds)} ago`;
    }
    if (time.title.endsWith(" UTC")) time.title += `\n${date.toLocaleString()} here`;
  }
}

export function startTimes(): void {
  refresh();
  window.setInterval(refresh, 20_000);
  document.addEventListener("htmx:afterSwap", refresh);
}
