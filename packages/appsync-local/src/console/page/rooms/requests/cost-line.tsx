import { counted } from '../../../../ground/counted.ts';
import type { Cost, Units } from '../../../../recorder/recorded-request.ts';
import { dollars } from './values.ts';

const A_MILLION = 1_000_000;

/** What the request consumed and would cost on AWS; opens to its parts. */
export function CostLine({ units: { read, write }, cost }: { units: Units; cost: Cost }) {
  const { usd, parts, region, compiled } = cost;
  return (
    <details className="cost">
      <summary>
        {counted(read, 'read unit')}, {counted(write, 'write unit')}. A million of these cost{' '}
        {dollars(usd * A_MILLION)} on AWS.
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Amount</th>
            <th scope="col">For a million requests</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.what}>
              <th scope="row">{part.what}</th>
              <td>{part.units}</td>
              <td>{dollars(part.usd * A_MILLION)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="empty">
        List prices of {region}, {compiled}. The prices of Lambda functions use the time that they took here.
      </p>
    </details>
  );
}
