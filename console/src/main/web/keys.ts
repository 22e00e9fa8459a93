// Keyboard shortcuts; none while somebody types or holds a modifier.
import { act, move, open, toggle } from "./list";
import { switchTheme, toast, toggleHelp } from "./page";
import { switchTimes } from "./times";

let waitsForGo = false;

function go(key: string): void {
  const { issues, search, explore } = document.body.dataset;
  const target = key === "i" ? issues : key === "s" ? search : key === "x" ? explore : key === "p" ? "/pipeline" : undefined;
  if (target) location.assign(target);
}

function follow(selector: string): void {
  document.querySelector<HTMLAnchorElement>(selector)?.click();
}

function press(event: KeyboardEvent): void {
  switch (event.key) {
    case "/":
      event.preventDefault();
      document.querySelector<HTMLInputElement | HTMLTextAreaElement>("[name=q]")?.select();
      return;
    case "j": return move(1);
    case "k": return move(-1);
    case "x": return toggle();
    case "o": return open();
    case "e": case "i": case "u": case "z": return act(event.key);
    case "[": return follow("[data-older]");
    case "]": return follow("[data-newer]");
    case "c": case "n": return document.querySelector<HTMLElement>(`button[data-key="${event.key}"]`)?.click();
    case "a": return toast(switchTimes());
    case "t": return switchTheme();
    case "?": return toggleHelp();
    case "g":
      waitsForGo = true;
      window.setTimeout(() => (waitsForGo = false), 1200);
  }
}

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    const typing = target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    if (waitsForGo) {
      waitsForGo = false;
      return go(event.key);
    }
    press(event);
  });
}
