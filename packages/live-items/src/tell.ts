/** Calls a listener. An exception of the listener surfaces, but does not stop the view. */
export function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
