// The command palette: pages, projects, issues, recent searches and saved views behind Ctrl+K.
import { recentSearches } from "./recent";
import { views } from "./views";

const WAIT_MILLIS = 80;

interface Choice {
  kind: string;
  label: string;
  hint: string;
  href: string;
}

class Palette {
  private readonly dialog = document.getElementById("palette") as HTMLDialogElement;
  private readonly input = this.dialog.querySelector("input")!;
  private readonly list = this.dialog.querySelector("ul")!;
  private timer = 0;
  private asked = 0;

  constructor(private readonly address: string) {
    this.input.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), WAIT_MILLIS);
    });
    this.input.addEventListener("keydown", (event) => void this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.go(option);
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  toggle(): void {
    if (this.dialog.open) return this.dialog.close();
    this.input.value = "";
    this.list.replaceChildren();
    this.dialog.showModal();
    void this.ask();
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const words = this.input.value.trim();
    let answer = "";
    try {
      const response = await fetch(`${this.address}?q=${encodeURIComponent(words)}`);
      answer = response.ok ? await response.text() : "";
    } catch {
      answer = ""; // The browser's own choices are there without the server.
    }
    if (turn !== this.asked || !this.dialog.open) return;
    this.list.innerHTML = answer;
    this.list.prepend(...this.own(words.toLowerCase()).map(line));
    const options = this.options();
    options.forEach((option, i) => (option.id = `choice-${i}`));
    if (options.length === 0) this.list.append(nothing());
    this.choose(0);
  }

  /** What only this browser knows. */
  private own(words: string): Choice[] {
    const saved = views().map((view) => ({ kind: "view", label: view.name, hint: "saved view", href: view.href }));
    return [...saved, ...recentSearches()]
      .filter((choice) => `${choice.label} ${choice.hint}`.toLowerCase().includes(words))
      .slice(0, words ? 4 : 6);
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private choose(index: number): void {
    const options = this.options();
    options.forEach((it, i) => it.setAttribute("aria-selected", String(i === index)));
    const chosen = options[index];
    if (!chosen) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  private async key(event: KeyboardEvent): Promise<void> {
    const options = this.options();
    const at = options.findIndex((it) => it.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.choose((at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % Math.max(1, options.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      // What was typed last may not have been asked yet.
      window.clearTimeout(this.timer);
      const before = this.input.value;
      if (before.trim() && !options[at]) await this.ask();
      const chosen = this.list.querySelector<HTMLElement>("[aria-selected=true]");
      if (chosen) this.go(chosen);
    }
  }

  private go(option: HTMLElement): void {
    this.dialog.close();
    location.assign(option.dataset.href ?? "/");
  }
}

function line(choice: Choice): HTMLElement {
  const option = document.createElement("li");
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.href = choice.href;
  for (const [name, text] of [["kind", choice.kind], ["label", choice.label], ["muted", choice.hint]]) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    option.append(part);
  }
  return option;
}

function nothing(): HTMLElement {
  const words = document.createElement("li");
  words.className = "muted nothing";
  words.setAttribute("role", "presentation");
  words.textContent = "Nothing by that name";
  return words;
}

export function startPalette(): void {
  const button = document.querySelector<HTMLElement>("[data-palette]");
  if (!button) return;
  const palette = new Palette(button.dataset.palette ?? "");
  button.addEventListener("click", () => palette.toggle());
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    palette.toggle();
  });
}
