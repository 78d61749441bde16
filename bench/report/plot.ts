import type { BarPlot, LinePlot, Plot } from '../section.ts';
import { numberText } from './number.ts';

/** An SVG of a plot, legible on light and dark pages alike. */
export function plotSvg(plot: Plot): string {
  return plot.kind === 'bars' ? barsSvg(plot) : linesSvg(plot);
}

const WIDTH = 820;

const STYLE = `
    svg { font-family: ui-sans-serif, system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
    .ground { fill: #ffffff; }
    .title { font-size: 17px; font-weight: 600; fill: #1b2330; }
    .unit, .tick { font-size: 13px; fill: #4a5568; }
    .label, .value { font-size: 14.5px; fill: #1b2330; }
    .ours-text { font-weight: 700; }
    .grid { stroke: #dfe4ec; }
    .bar { fill: #a9b4c4; }
    .ours { fill: #6c56d9; }
    .line { fill: none; stroke-width: 2; }
    .s0 { stroke: #65748b; fill: #65748b; } .s1 { stroke: #d98324; fill: #d98324; } .s2 { stroke: #23936a; fill: #23936a; }
    .s3 { stroke: #2b7bbb; fill: #2b7bbb; } .s4 { stroke: #b8478f; fill: #b8478f; } .so { stroke: #6c56d9; fill: #6c56d9; }
    .line.so { stroke-width: 3.5; }
    .s0.line, .s1.line, .s2.line, .s3.line, .s4.line, .so.line { fill: none; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; }
      .title, .label, .value { fill: #e8edf4; }
      .unit, .tick { fill: #a8b3c2; }
      .grid { stroke: #2a3340; }
      .bar { fill: #56657a; }
      .ours { fill: #9b8af5; }
      .s0 { stroke: #8c9bb0; fill: #8c9bb0; } .s1 { stroke: #f2b26b; fill: #f2b26b; } .s2 { stroke: #6fd6b0; fill: #6fd6b0; }
      .s3 { stroke: #7bbcf0; fill: #7bbcf0; } .s4 { stroke: #e39ac6; fill: #e39ac6; } .so { stroke: #9b8af5; fill: #9b8af5; }
    }`;

function frame({ title, unit, file }: Plot, height: number, says: string, content: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${file}-t ${file}-d">
  <title id="${file}-t">${escaped(title)}</title>
  <desc id="${file}-d">${escaped(says)}</desc>
  <style>${STYLE}
  </style>
  <rect class="ground" width="${WIDTH}" height="${height}" rx="10" />
  <text class="title" x="24" y="34">${escaped(title)}</text>
  <text class="unit" x="24" y="56">${escaped(unit)}</text>
  ${content.join('\n  ')}
</svg>
`;
}

const ROW = 34;
const TOP = 76;
/** Widths of an average character of a label, and of one in bold. */
const CHARACTER = 7.6;
const BOLD_CHARACTER = 8.7;

function barsSvg(plot: BarPlot): string {
  const { bars } = plot;
  const widest = Math.max(
    ...bars.map(({ label, ours }) => label.length * (ours ? BOLD_CHARACTER : CHARACTER)),
  );
  const left = 24 + Math.ceil(widest) + 12;
  const right = WIDTH - 24 - 70;
  const most = Math.max(...bars.map(({ value }) => value));
  const ticks = steps(most);
  const bottom = TOP + bars.length * ROW;
  const x = (value: number): number => left + (value / most) * (right - left);
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${fixed(x(tick))}" x2="${fixed(x(tick))}" y1="${TOP - 6}" y2="${bottom}" />` +
      `<text class="tick" x="${fixed(x(tick))}" y="${bottom + 18}" text-anchor="middle">${numberText(tick)}</text>`,
  );
  const drawn = bars.map(({ label, value, ours }, index) => {
    const y = TOP + index * ROW;
    const width = Math.max(2, x(value) - left);
    const strong = ours ? ' ours-text' : '';
    return (
      `<text class="label${strong}" x="${left - 12}" y="${y + 19}" text-anchor="end">${escaped(label)}</text>` +
      `<rect class="bar${ours ? ' ours' : ''}" x="${left}" y="${y + 3}" width="${fixed(width)}" height="22" rx="3" />` +
      `<text class="value${strong}" x="${fixed(left + width + 8)}" y="${y + 19}">${numberText(value)}</text>`
    );
  });
  const says = bars.map(({ label, value }) => `${label}: ${numberText(value)}`).join('; ');
  return frame(plot, bottom + 34, says, [...grid, ...drawn]);
}

function linesSvg(plot: LinePlot): string {
  const { lines, scale, xLabel } = plot;
  const height = 420;
  const [left, right, top, bottom] = [84, WIDTH - 230, TOP + 6, height - 62];
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const most = Math.max(...ys) * 1.05;
  const least = scale === 'log' ? 10 ** Math.floor(Math.log10(Math.min(...ys) * 0.99)) : 0;
  const span = Math.log(Math.max(...xs) / Math.min(...xs)) || 1;
  const x = (value: number): number => left + (Math.log(value / Math.min(...xs)) / span) * (right - left);
  const shareY = (value: number): number =>
    scale === 'log' ? Math.log(value / least) / Math.log(most / least) : value / most;
  const y = (value: number): number => bottom - shareY(value) * (bottom - top);
  const grid = [
    ...(scale === 'log' ? powers(least, most) : steps(most)).map(
      (tick) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}" />` +
        `<text class="tick" x="${left - 8}" y="${fixed(y(tick) + 4)}" text-anchor="end">${numberText(tick)}</text>`,
    ),
    ...[...new Set(xs)].map(
      (tick) =>
        `<text class="tick" x="${fixed(x(tick))}" y="${bottom + 20}" text-anchor="middle">${numberText(tick)}</text>`,
    ),
    `<text class="unit" x="${(left + right) / 2}" y="${bottom + 44}" text-anchor="middle">${escaped(xLabel)}</text>`,
  ];
  let others = -1;
  const drawn = lines.map(({ points, ours }) => {
    const colour = ours ? 'so' : `s${(others += 1) % 5}`;
    const path = points
      .map(([px, py], index) => `${index ? 'L' : 'M'}${fixed(x(px))} ${fixed(y(py))}`)
      .join('');
    const dots = points.map(
      ([px, py]) => `<circle class="${colour}" cx="${fixed(x(px))}" cy="${fixed(y(py))}" r="3.5" />`,
    );
    return `<path class="line ${colour}" d="${path}" />${dots.join('')}`;
  });
  // Names stand at the lines' ends, apart from each other.
  const ends = lines
    .map(({ label, ours, points }) => ({ label, ours, at: y(points.at(-1)![1]) }))
    .sort((a, b) => a.at - b.at);
  ends.forEach((end, index) => (end.at = Math.max(end.at, (ends[index - 1]?.at ?? -Infinity) + 18)));
  const names = ends.map(
    ({ label, ours, at }) =>
      `<text class="label${ours ? ' ours-text' : ''}" x="${right + 12}" y="${fixed(at + 5)}">${escaped(label)}</text>`,
  );
  const says = lines
    .map(
      ({ label, points }) =>
        `${label}: ${points.map(([px, py]) => `${numberText(py)} at ${numberText(px)}`).join(', ')}`,
    )
    .join('; ');
  const unit = scale === 'log' ? `${plot.unit}, log scales` : plot.unit;
  return frame({ ...plot, unit }, height, says, [...grid, ...drawn, ...names]);
}

/** Powers of ten within the range. */
function powers(least: number, most: number): number[] {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const last = Math.floor(Math.log10(most) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

/** Round steps of 1, 2 or 5 from 0, at most six. */
function steps(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * power).find((size) => most / size <= 6)!;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

const fixed = (value: number): string => String(Number(value.toFixed(1)));

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
