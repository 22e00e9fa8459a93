// Charts that can be read: hover or arrow keys say what a bar holds, dragging looks closer.

const LEAST_SHARE = 0.01;

function share(plot: SVGSVGElement, clientX: number): number {
  const box = plot.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - box.left) / box.width));
}

/** Says in the caption's place what the bar under the pointer holds; nothing on the page moves. */
class Readout {
  private readonly bars: SVGGElement[];
  private readonly words: string[];
  private readonly caption: HTMLElement | null;
  private readonly usual: string;
  private at = -1;

  constructor(private readonly chart: HTMLElement, private readonly plot: SVGSVGElement) {
    this.bars = [...plot.querySelectorAll<SVGGElement>("g.bar")];
    this.words = this.bars.map((bar) => {
      const title = bar.querySelector("title");
      title?.remove(); // The browser's own, slower tooltip would only stand in the way.
      return (title?.textContent ?? "").trim().replaceAll("\n", " · ");
    });
    this.caption = chart.querySelector("figcaption");
    this.usual = this.caption?.textContent ?? "";
    plot.addEventListener("pointermove", (event) => this.show(Math.floor(share(plot, event.clientX) * this.bars.length)));
    plot.addEventListener("pointerleave", () => this.show(-1));
    const frame = chart.querySelector<HTMLElement>(".plot");
    frame?.addEventListener("keydown", (event) => this.key(event));
    frame?.addEventListener("blur", () => this.show(-1));
  }

  private show(at: number): void {
    const index = Math.min(at, this.bars.length - 1);
    if (index === this.at || !this.caption) return;
    this.bars[this.at]?.classList.remove("read");
    this.at = index;
    this.bars[index]?.classList.add("read");
    this.caption.textContent = index < 0 ? this.usual : this.words[index];
    this.caption.classList.toggle("reading", index >= 0);
    this.caption.setAttribute("aria-live", this.chart.matches(":focus-within") ? "polite" : "off");
  }

  private key(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      this.show(this.at < 0 ? (step > 0 ? 0 : this.bars.length - 1) : Math.min(this.bars.length - 1, Math.max(0, this.at + step)));
    } else if (event.key === "Enter" && this.at >= 0 && this.chart.dataset.zoom) {
      zoom(this.chart, this.at / this.bars.length, (this.at + 1) / this.bars.length);
    }
  }
}

function zoom(chart: HTMLElement, from: number, to: number): void {
  const start = Number(chart.dataset.from);
  const length = Number(chart.dataset.to) - start;
  const target = new URL(chart.dataset.zoom ?? "", location.href);
  target.searchParams.delete("range");
  target.searchParams.set("from", String(Math.round(start + from * length)));
  target.searchParams.set("to", String(Math.round(start + to * length)));
  location.assign(target);
}

function dragToZoom(chart: HTMLElement, plot: SVGSVGElement): void {
  const brush = plot.querySelector(".brush");
  if (!brush || !chart.dataset.zoom) return;
  const width = plot.viewBox.baseVal.width;
  let begun: number | null = null;
  const draw = (from: number, to: number) => {
    brush.setAttribute("x", String(Math.min(from, to) * width));
    brush.setAttribute("width", String(Math.abs(to - from) * width));
  };
  const stop = () => {
    begun = null;
    draw(0, 0);
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    begun = share(plot, event.clientX);
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  plot.addEventListener("pointermove", (event) => {
    if (begun !== null) draw(begun, share(plot, event.clientX));
  });
  plot.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    const end = share(plot, event.clientX);
    const [from, to] = [Math.min(begun, end), Math.max(begun, end)];
    stop();
    if (to - from >= LEAST_SHARE) zoom(chart, from, to);
  });
  plot.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
}

export function startCharts(within: ParentNode = document): void {
  for (const chart of within.querySelectorAll<HTMLElement>("figure.chart:not([data-ready])")) {
    const plot = chart.querySelector<SVGSVGElement>(".plot svg");
    if (!plot) continue;
    chart.dataset.ready = "";
    new Readout(chart, plot);
    dragToZoom(chart, plot);
  }
}

/** Charts also come with parts of pages. */
export function watchCharts(): void {
  startCharts();
  document.addEventListener("htmx:afterSwap", () => startCharts());
}
