// Everything that runs beside Gradio, as modules: each takes care of itself.
import "./parts.js";
import "./browse.js";
import "./check.js";
import "./teach.js";
import "./add.js";
import "./ask.js";
