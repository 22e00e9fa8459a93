// Everything works without this script; it adds keys, completion, zooming, copying and live lists.
import htmx from "htmx.org";
import { watchCharts } from "./chart";
import { startCompletion } from "./completion";
import { startExplore } from "./explore";
import { startKeys } from "./keys";
import { startList } from "./list";
import { startLive } from "./live";
import { startPage } from "./page";
import { startPalette } from "./palette";
import { startRecent } from "./recent";
import { startTimes } from "./times";
import { startViews } from "./views";

startPage();
startTimes();
watchCharts();
startCompletion();
startExplore();
startList();
startLive();
startRecent();
startViews();
startPalette();
startKeys();

// Rows that came without htmx hold its attributes all the same.
document.addEventListener("levee:rows", (event) => htmx.process((event as CustomEvent<HTMLElement>).detail));
