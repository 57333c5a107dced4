/**
 * A chart whose groups of marks have no names of their own ("rule", "dot"): a screen reader would read them out instead of the chart's name
 * and description, which stay.
 */
export const withoutInnerNames = (markup: string): string => markup.replace(/(<g\b[^>]*?) aria-label="[^"]*"/g, "$1");
