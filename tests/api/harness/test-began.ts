let began = Date.now();

/** Called before each test. */
export function testBegins(): void {
  began = Date.now();
}

/** Seconds that a change may seem older than it is: the clocks of AWS differ a little. */
const MARGIN_S = 5;

/**
 * A time back that leads to the beginning of this test, for `since` of `itemChanges`. All files write to one log: whoever reads more of it
 * pays for what all other tests did.
 */
export const sinceTestBegan = (): string => `PT${Math.ceil((Date.now() - began) / 1000) + MARGIN_S}S`;
