/** The launch file of VS Code with its ports in order again: the local server gives them without a gap (`--inspect`). */
export function withPortsInOrder(text: string): string {
  let next: number | undefined;
  return text.replace(/(?<="port": )\d+/g, (port) => {
    next = next === undefined ? Number(port) : next + 1;
    return String(next);
  });
}
