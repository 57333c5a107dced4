/** Writes docs/gallery.md: what the program says in usual and in awkward cases. */
import { writeFileSync } from "node:fs";
import { galleryPage } from "../test/fixtures/gallery.js";

writeFileSync(new URL("../docs/gallery.md", import.meta.url), await galleryPage());
