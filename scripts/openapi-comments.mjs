import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the controllers say of themselves: text by `Class` and `Class.method`, links and tags left out. */
export function readComments(root) {
  const comments = new Map();
  const folder = join(root, 'src', 'modules');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.controller.ts')) continue;
    const tree = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    tree.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return;
      note(node.name.text, node);
      for (const member of node.members)
        if (ts.isMethodDeclaration(member)) note(`${node.name.text}.${member.name.getText()}`, member);
    });
  }
  return comments;

  function note(key, node) {
    const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    const text = doc && ts.getTextOfJSDocComment(doc.comment);
    if (text) comments.set(key, text.replace(/\s+/g, ' ').trim());
  }
}
