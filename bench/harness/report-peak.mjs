/** Loaded first in a command that is measured: leaves its largest resident memory, in KiB, in a file. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
