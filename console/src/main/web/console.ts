// Everything works without this script; it adds keys, completion, zooming, copying and live lists.
import "htmx.org";
import { watchCharts } from "./chart";
import { startCompletion } from "./completion";
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
startList();
startLive();
startRecent();
startViews();
startPalette();
startKeys();
