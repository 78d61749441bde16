import type { ImportDeclaration, Literal, ImportSpecifier } from 'acorn';
import { MODULES } from '../modules.ts';
import type { Report, Rule } from './rule.ts';

/** Only @aws-appsync/utils and its sub-paths exist at run time; everything else is bundled ("Additional utilities"). */
export const imports: Rule = ({ program }, report) => {
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      judgeImport(node, report);
    }
    if (node.type === 'ExportAllDeclaration') {
      judgeSource(node.source, report);
    }
    if (node.type === 'ExportNamedDeclaration' && node.source) {
      judgeSource(node.source, report);
    }
  }
};

function judgeImport(node: ImportDeclaration, report: Report): void {
  if (!judgeSource(node.source, report)) {
    return;
  }
  const module = String(node.source.value);
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportNamespaceSpecifier') {
      continue;
    }
    const name = specifier.type === 'ImportDefaultSpecifier' ? 'default' : importedName(specifier);
    if (!MODULES.get(module)?.includes(name)) {
      report(specifier, `Module "${module}" has no exported member "${name}".`);
    }
  }
}

function judgeSource(source: Literal, report: Report): boolean {
  const known = MODULES.has(String(source.value));
  if (!known) {
    const allowed = [...MODULES.keys()].join(', ');
    report(source, `"${source.value}" cannot be imported: bundle it, or import one of ${allowed}.`);
  }
  return known;
}

export const importedName = ({ imported }: ImportSpecifier): string =>
  imported.type === 'Identifier' ? imported.name : String(imported.value);
