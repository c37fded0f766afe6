// The script of all pages. Everything also works without it, by buttons, links and forms.

import { start } from "./posting.js";

start();
