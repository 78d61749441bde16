import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../../../src/template/file/parse-template.ts';
import { parseYaml } from '../../../../src/template/file/parse-yaml.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

async function parse(text: string): Promise<unknown> {
  const directory = temporaryDirectory();
  writeText(directory, 'template.yaml', text);
  return parseTemplate(join(directory, 'template.yaml'));
}

describe('the short forms of YAML', () => {
  test.each([
    ['!Ref Notes', { Ref: 'Notes' }],
    ['!Ref 123', { Ref: '123' }],
    ['!GetAtt Notes.StreamArn', { 'Fn::GetAtt': 'Notes.StreamArn' }],
    ['!GetAtt [Notes, Arn]', { 'Fn::GetAtt': ['Notes', 'Arn'] }],
    ["!Sub '${AWS::StackName}-notes'", { 'Fn::Sub': '${AWS::StackName}-notes' }],
    [
      "!Sub ['${n}', { n: !Join ['-', [a, !Ref B]] }]",
      { 'Fn::Sub': ['${n}', { n: { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] } }] },
    ],
    [
      '!If [IsProd, !Ref A, !Ref AWS::NoValue]',
      { 'Fn::If': ['IsProd', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
    ],
    ['!Equals [!Ref Stage, prod]', { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }],
    ['!Not [!Condition IsProd]', { 'Fn::Not': [{ Condition: 'IsProd' }] }],
    ['!ImportValue shared', { 'Fn::ImportValue': 'shared' }],
    ['!FindInMap [M, !Ref Stage, n]', { 'Fn::FindInMap': ['M', { Ref: 'Stage' }, 'n'] }],
    ["!Select [0, !Split [',', 'a,b']]", { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Base64\n    Fn::Sub: x', { 'Fn::Base64': { 'Fn::Sub': 'x' } }],
  ])('%s', async (written, value) => {
    expect(await parse(`Value: ${written}\n`)).toEqual({ Value: value });
  });
});

describe('YAML as CloudFormation takes it', () => {
  test.each([
    ['2012-10-17', '2012-10-17'],
    ['12:30', '12:30'],
    ['1.0.0', '1.0.0'],
    ['N', 'N'],
    ['y', 'y'],
    ['yes', true],
    ['Off', false],
    ['true', true],
    ['60', 60],
  ])('%s', async (written, value) => {
    expect(await parse(`Value: ${written}\n`)).toEqual({ Value: value });
  });

  test('an anchor stands for its value, and << merges it', async () => {
    const template = await parse('A: &a { x: !Ref X }\nB: *a\nC: { <<: *a, y: 1 }\n');

    expect(template).toEqual({
      A: { x: { Ref: 'X' } },
      B: { x: { Ref: 'X' } },
      C: { x: { Ref: 'X' }, y: 1 },
    });
  });

  test('JSON is read as JSON', async () => {
    expect(await parse('{ "Value": { "Ref": "Notes" } }')).toEqual({ Value: { Ref: 'Notes' } });
  });
});

describe('what is no template', () => {
  test.each([
    ['Value: !Reff Notes\n', /has !Reff, which CloudFormation does not have; it has !And, /],
    ['Value: [1\nOther: 2\n', /is not valid YAML: .* at line 2, column 1$/],
    ['Value: *nobody\n', /is not valid YAML: Unresolved alias/],
    ['- a list\n', /must hold a CloudFormation template; it holds \["a list"\]$/],
    ['{ "Value": ', /is not valid JSON: /],
  ])('%j', async (text, reason) => {
    await expect(parse(text)).rejects.toThrow(reason);
    await expect(parse(text)).rejects.toThrow(expect.objectContaining({ name: 'StartFailure' }));
  });
});

test('keeps a lone dot text: CodeUri: . is the folder of the template', () => {
  expect(parseYaml('template.yaml', 'a: .\nb: 1.5\nc: .5\nd: 1.')).toEqual({ a: '.', b: 1.5, c: 0.5, d: 1 });
});

test('takes the last of two values of a key, as deployments do', () => {
  expect(parseYaml('template.yaml', 'Auth: IAM\nName: a\nAuth: API_KEY')).toEqual({
    Auth: 'API_KEY',
    Name: 'a',
  });
});
