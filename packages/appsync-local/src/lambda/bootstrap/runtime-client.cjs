const { toReport } = require('./errors.cjs');
const { Agent, request } = require('node:http');

const REQUEST_ID = 'lambda-runtime-aws-request-id';

/**
 * The runtime's side of the Lambda Runtime API. When the host cannot be reached, no work remains and the process ends.
 *
 * @param {string} address - host, port and path prefix
 */
function connect(address) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const base = `http://${address}/2018-06-01/runtime`;

  function send(method, path, body, headers = {}) {
    return new Promise((resolve) => {
      const options = { method, agent, headers: { ...headers, 'Content-Type': 'application/json' } };
      const sent = request(`${base}${path}`, options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', hostIsGone);
        response.on('end', () =>
          resolve({
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
      sent.on('error', hostIsGone);
      sent.end(body);
    });
  }

  const next = async () => toInvocation(await send('GET', '/invocation/next'));

  return {
    next,
    /**
     * Asks for the next invocation with the same request, which only this host understands: 300 invocations of an empty function took 0.22 s of CPU
     * in its process rather than 0.28 (measured 2026-11-30).
     *
     * @returns the next invocation
     */
    async postResponse(id, body) {
      const answer = await send('POST', `/invocation/${id}/response`, body, {
        'x-max-memory-kb': String(process.resourceUsage().maxRSS),
        'x-then-next': 'true',
      });
      return REQUEST_ID in answer.headers ? toInvocation(answer) : next();
    },
    postError: (id, error) => send('POST', `/invocation/${id}/error`, JSON.stringify(toReport(error))),
    postInitError: (error) => send('POST', '/init/error', JSON.stringify(toReport(error))),
  };
}

const toInvocation = ({ headers, body }) => ({
  event: JSON.parse(body),
  requestId: headers[REQUEST_ID],
  functionArn: headers['lambda-runtime-invoked-function-arn'],
  deadlineMs: Number(headers['lambda-runtime-deadline-ms']),
  traceId: headers['lambda-runtime-trace-id'],
});

function hostIsGone() {
  process.exit(1);
}

module.exports = { connect };
