// Everything works without this script; it adds keys, completion, zooming, copying and live lists.
import "htmx.org";
import { startCharts } from "./chart";
import { startCompletion } from "./completion";
import { startKeys } from "./keys";
import { startList } from "./list";
import { startPage } from "./page";
import { startTimes } from "./times";

startPage();
startTimes();
startCharts();
startCompletion();
startList();
startKeys();
