// Completes the word at the caret of the search box: a combobox as WAI-ARIA describes it.

const WAIT_MILLIS = 90;
// Longer questions make addresses that servers refuse.
const LONGEST = 2000;

class Completion {
  private readonly input: HTMLInputElement | HTMLTextAreaElement;
  private readonly list: HTMLUListElement;
  private timer = 0;
  private asked = 0;

  constructor(private readonly box: HTMLElement) {
    this.input = box.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea")!;
    this.list = box.querySelector("ul")!;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("click", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event as KeyboardEvent));
    this.input.addEventListener("blur", () => this.close());
    // Before the blur that a click on an option causes.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.take(option);
    });
  }

  private word(): { start: number; end: number; text: string } {
    const value = this.input.value;
    const end = this.input.selectionStart ?? value.length;
    let start = end;
    let quoted = false;
    for (let i = 0; i < end; i++) {
      if (value[i] === '"') quoted = !quoted;
      if (value[i] === " " && !quoted) start = i + 1;
      else if (i === 0) start = 0;
    }
    if (end === 0) start = 0;
    return { start: Math.min(start, end), end, text: value.slice(Math.min(start, end), end) };
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT_MILLIS);
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const { text } = this.word();
    const before = this.input.value.slice(0, this.input.selectionStart ?? undefined);
    if (before.length > LONGEST) return;
    const asked = this.box.hasAttribute("data-pipes") ? `text=${encodeURIComponent(before)}` : `word=${encodeURIComponent(text)}`;
    const answer = await fetch(`${this.box.dataset.suggest}?${asked}`);
    if (!answer.ok || turn !== this.asked || document.activeElement !== this.input) return;
    this.list.innerHTML = await answer.text();
    this.options().forEach((option, i) => (option.id = `suggestion-${i}`));
    this.list.hidden = this.options().length === 0;
    this.expanded(!this.list.hidden);
    this.input.removeAttribute("aria-activedescendant");
  }

  /** A text of several lines is no combobox and can't say so. */
  private expanded(open: boolean): void {
    if (this.input.getAttribute("role") === "combobox") this.input.setAttribute("aria-expanded", String(open));
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private move(step: number): void {
    const options = this.options();
    const at = options.findIndex((it) => it.getAttribute("aria-selected") === "true");
    const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
    options.forEach((it, i) => it.setAttribute("aria-selected", String(i === next)));
    options[next]?.scrollIntoView({ block: "nearest" });
    if (options[next]) this.input.setAttribute("aria-activedescendant", options[next].id);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      if (this.list.hidden) this.input.blur();
      this.close();
      return;
    }
    if (this.list.hidden) {
      if (event.key === "ArrowDown") void this.ask();
      return;
    }
    const chosen = this.list.querySelector<HTMLElement>("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen) {
      event.preventDefault();
      this.take(chosen);
    } else if (event.key === "Enter") {
      this.close();
    }
  }

  private take(option: HTMLElement): void {
    const { start: begun, end } = this.word();
    const start = Number(option.dataset.start ?? begun);
    const insert = option.dataset.insert ?? "";
    const value = this.input.value;
    this.input.value = value.slice(0, start) + insert + value.slice(end);
    this.input.setSelectionRange(start + insert.length, start + insert.length);
    this.close();
    this.input.dispatchEvent(new Event("resized"));
    if (/[:(]$/.test(insert) || (this.box.hasAttribute("data-pipes") && insert.endsWith(" "))) void this.ask();
  }

  private close(): void {
    this.asked++;
    window.clearTimeout(this.timer);
    this.list.hidden = true;
    this.expanded(false);
    this.input.removeAttribute("aria-activedescendant");
  }
}

export function startCompletion(): void {
  document.querySelectorAll<HTMLElement>("[data-suggest]").forEach((box) => new Completion(box));
}
