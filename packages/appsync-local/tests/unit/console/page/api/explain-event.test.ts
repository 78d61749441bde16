import { describe, expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

describe('the explanation of an event', () => {
  const nullAt = (path: string, parent: string) => ({
    message: `Cannot return null for non-nullable type: 'ID' within parent '${parent}' (${path})`,
  });

  it('names each field that the mutation did not select', async () => {
    const { explainEvent } = await pageModule('api/explain-event.ts');

    const explained = explainEvent!({
      data: { onPut: null },
      errors: [nullAt('/onPut/id', 'Task'), nullAt('/onPut/owner/name', 'User'), nullAt('/onPut/id', 'Task')],
    });

    expect(explained).toMatch(
      /^The mutation did not select Task\.id and User\.name, which this subscription asks for\./,
    );
  });

  it.each([{ data: {} }, { errors: [{ message: 'Not Authorized to access secret on type Task' }] }])(
    'is left out for %j',
    async (payload) => {
      const { explainEvent } = await pageModule('api/explain-event.ts');

      expect(explainEvent!(payload)).toBeUndefined();
    },
  );
});
