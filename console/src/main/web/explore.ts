// The page for questions: the box grows with its text, Enter asks; events as they pass; a link to share.
import { toast } from "./page";

const ROWS_MOST = 200;
const AGAIN_MILLIS = 3_000;

function fit(box: HTMLTextAreaElement): void {
  box.rows = 1;
  while (box.rows < 12 && box.scrollHeight > box.clientHeight + 2) box.rows++;
}

function startBox(box: HTMLTextAreaElement): void {
  fit(box);
  box.addEventListener("input", () => fit(box));
  box.addEventListener("resized", () => fit(box));
  window.addEventListener("resize", () => fit(box));
  // Completion comes first: it takes the key when an option is chosen.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    box.form?.requestSubmit();
  });
}

/** Shows events as they pass, the newest on top; begins again when the connection breaks. */
class Tail {
  private readonly rows: HTMLElement;
  private readonly words: HTMLElement;
  private seen = 0;

  constructor(private readonly place: HTMLElement) {
    this.rows = place.querySelector<HTMLElement>("[data-tail-rows]")!;
    this.words = place.querySelector<HTMLElement>("[data-tail-words]")!;
  }

  async follow(): Promise<void> {
    const stop = new AbortController();
    window.addEventListener("pagehide", () => stop.abort(), { once: true });
    const answer = await fetch(this.place.dataset.tail ?? "", { signal: stop.signal });
    if (!answer.ok || !answer.body) return this.say(await answer.text());
    this.tell();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      const full = lines.filter((line) => line.trim());
      if (full.length) this.show(full);
    }
    throw new Error("ended");
  }

  private show(lines: string[]): void {
    this.rows.insertAdjacentHTML("afterbegin", lines.reverse().join(""));
    while (this.rows.children.length > ROWS_MOST) this.rows.lastElementChild?.remove();
    this.seen += lines.filter((line) => line.includes("data-row")).length;
    this.tell();
    document.dispatchEvent(new CustomEvent("levee:rows", { detail: this.rows }));
  }

  private tell(): void {
    this.say(this.seen === 0 ? "Waiting for events" : `${this.seen.toLocaleString("en")} event${this.seen === 1 ? "" : "s"} since you began to follow`);
  }

  say(words: string): void {
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

function startTail(place: HTMLElement): void {
  const tail = new Tail(place);
  const again = (): void => {
    void tail.follow().catch(() => {
      tail.say("The connection broke; trying again");
      window.setTimeout(again, AGAIN_MILLIS);
    });
  };
  again();
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    toast("Link copied");
  } catch {
    toast("Copy it from the address bar"); // Without HTTPS browsers give no clipboard.
  }
}

export function startExplore(): void {
  const box = document.querySelector<HTMLTextAreaElement>("textarea[name=q]");
  if (box) startBox(box);
  document.querySelector("[data-copy-link]")?.addEventListener("click", () => void copyLink());
  const tail = document.querySelector<HTMLElement>("[data-tail]");
  if (tail) startTail(tail);
}
