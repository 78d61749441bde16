import { addMemberToSchema, addOperatorToSchema } from './changes/members.ts';
import { SCHEMA } from './changes/schema.ts';
import { adopt } from './harness/adopt.ts';

adopt('what only the schema has is refused, all of it at once', async ({ copy, isRefused }) => {
  const [member, operator] = [addMemberToSchema(copy), addOperatorToSchema(copy)];
  copy.insertAfter(SCHEMA, /^input ItemFilterInput \{$/, '  id: StringFilterInput');
  const unknown = 'which no resolver or function knows: add it to';
  const reasons = [
    `Item has ${member}, ${unknown} MEMBERS of model/item.ts`,
    `PutItemInput has ${member}, ${unknown} MEMBERS of model/item.ts`,
    `ItemFilterInput has id, ${unknown} MEMBERS of model/item.ts`,
    `PayloadFilterInput has ${operator}, ${unknown} OPERATORS of model/filter.ts`,
  ];

  await isRefused('codegen', () => copy.script('codegen'), ...reasons);
  await isRefused('codegen:check', () => copy.script('codegen:check'), ...reasons);
  await isRefused('typecheck', () => copy.script('typecheck'), "does not satisfy the constraint 'never'");
  await isRefused('synth', () => copy.synth(), ...reasons);
});
