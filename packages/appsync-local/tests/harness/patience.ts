/**
 * For `vi.waitFor` and `expect.poll`: how long to wait for what happens at once on an idle machine. A test that waits
 * this long has failed; shorter limits fail on a busy machine what is right.
 */
export const PATIENCE = { timeout: 15_000, interval: 20 };
