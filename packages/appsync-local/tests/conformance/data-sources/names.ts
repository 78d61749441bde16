/** Physical names that checks say in their requests. */
export const THINGS = 'ConformanceThings';
export const LINES = 'ConformanceLines';
