/** The page's script: keeps what is shown up to date. Everything can be read without it. */
import { followActions } from "./actions.js";
import { followChoices, restoreChoices } from "./choices.js";
import { followFilters } from "./filters.js";
import { update } from "./parts.js";
import { followEvents } from "./stream.js";
import { followZoom } from "./zoom.js";

const { study } = document.body.dataset;

restoreChoices(document);
followChoices();
followFilters();
followActions();
followZoom();
followEvents((studies) => {
	if (studies === "all" || !study || studies.includes(study)) void update();
});
