// Live pages. Without this file every page works; with it, one that names a stream in data-live updates itself.
"use strict";
