import { Recorder } from '../recorder/recorder.ts';
import { RequestTrace, type Traces } from '../trace/request-trace.ts';
import { timingLine } from '../trace/timing-line.ts';
import type { LocalOptions } from './local-options.ts';
import type { Logs } from './logs.ts';

/** Listeners for requests. */
export interface RequestListeners {
  /** Undefined without a listener; then nothing is recorded. */
  traces: Traces | undefined;
  /** Undefined when it is off. */
  recorder: Recorder | undefined;
}

/** The flight recorder, and the lines of `--timing`: both hear of requests in the same way. */
export function openTraces({ recorder: isOn, timing }: LocalOptions, logs: Logs): RequestListeners {
  const recorder = isOn ? new Recorder() : undefined;
  return { traces: timing ? timed(recorder, logs) : recorder, recorder };
}

/** Every request is timed, also one that the recorder leaves out. */
const timed = (recorder: Recorder | undefined, logs: Logs): Traces => ({
  begin: (id, door) => recorder?.begin(id, door) ?? new RequestTrace(id, door),
  underWay: (id) => recorder?.underWay(id),
  end(trace) {
    recorder?.end(trace);
    const line = timingLine(trace);
    if (line !== null) {
      logs.line('timing', line, { severity: 'info' });
    }
  },
});
