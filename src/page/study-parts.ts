import { reportSections } from "../report/sections.js";
import type { StudyView } from "../words/view.js";
import { type Part, part } from "./part.js";

/** Everything that the report says of a study, a part for each section; those that have nothing to show are empty. */
export const studyParts = (view: StudyView): readonly Part[] => reportSections(view).map(({ name, content }) => part(name, content));

/** Sections that need the whole width of the page: they follow the argument. */
export const wideSections: readonly string[] = ["sizes", "method", "settings"];
