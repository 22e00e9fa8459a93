// Drag over a histogram to look closer.

const LEAST_SHARE = 0.01;

function share(plot: SVGSVGElement, clientX: number): number {
  const box = plot.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - box.left) / box.width));
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

function watch(chart: HTMLElement): void {
  const plot = chart.querySelector<SVGSVGElement>("svg.area");
  const brush = chart.querySelector(".brush");
  if (!plot || !brush || !chart.dataset.zoom) return;
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

export function startCharts(): void {
  document.querySelectorAll<HTMLElement>("[data-chart]").forEach(watch);
}
