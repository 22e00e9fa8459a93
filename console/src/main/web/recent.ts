// The searches made last in this browser.

const KEY = "levee-recent";
const MOST = 12;

interface Recent {
  kind: string;
  label: string;
  hint: string;
  href: string;
}

/** Reads a list that this browser keeps; empty when there is none or storage is forbidden. */
export function stored<T>(key: string): T[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(list) ? (list as T[]) : [];
  } catch {
    return [];
  }
}

export function store(key: string, list: unknown[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(list));
    return true;
  } catch {
    return false; // Forbidden or full: the pages work without.
  }
}

export const recentSearches = (): Recent[] => stored<Recent>(KEY).filter((it) => it.href?.startsWith("/p/"));

export function startRecent(): void {
  const words = new URLSearchParams(location.search).get("q")?.trim();
  const section = document.body.dataset.section;
  if (!words || !["search", "issues", "explore"].includes(section ?? "") || document.querySelector(".query-error")) return;
  const project = document.querySelector(".switcher .name")?.textContent ?? "";
  const here = { kind: "recent", label: words, hint: `${section} · ${project}`, href: location.pathname + location.search };
  store(KEY, [here, ...recentSearches().filter((it) => it.label !== words || it.hint !== here.hint)].slice(0, MOST));
}
