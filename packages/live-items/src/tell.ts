/** What a listener throws is its own affair: it surfaces, and the view goes on. */
export function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
