import { type Html, html } from '../../../html/html';
import { folderOf } from './folders';
import { PAGE_END, pageStart } from './shell';

/** A file of an export, as its manifest lists it. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
}

/** What the manifest says of an export. */
export interface ExportHead {
  readonly id: string;
  readonly workspace: string;
  readonly user: string;
  /** In ISO 8601. */
  readonly requestedAt: string;
  /** What marks of generated content mean. */
  readonly marks: string;
}

const LINES = '.jsonl';
const PAGE = '.html';

const folderIn = ({ name }: ListedFile): string => name.slice(0, name.indexOf('/'));

/** The page of an export's contents, in pieces. It links to the pages of this export, and to nothing else. */
export function* indexPage(head: ExportHead, files: readonly ListedFile[]): Generator<Html> {
  const pages = new Set(files.flatMap(({ name }) => (name.endsWith(PAGE) ? name : [])));
  const isContent = ({ name }: ListedFile) => !name.endsWith(LINES) && !name.endsWith(PAGE);
  const title = `Content of ${head.user}`;
  yield pageStart(title);
  yield html`<header><h1>${title}</h1>
<p>All content that the workspace ${head.workspace} stored of this user when the export was made.</p></header>
<main>
<dl><div><dt>Export</dt><dd>${head.id}</dd></div><div><dt>Workspace</dt><dd>${head.workspace}</dd></div>
<div><dt>User</dt><dd>${head.user}</dd></div><div><dt>Requested</dt><dd>${head.requestedAt}</dd></div></dl>
`;
  for (const [folder, inFolder] of byFolder(files.filter(({ name }) => name.endsWith(LINES)))) {
    const { title: heading, about } = folderOf(folder);
    const lines = inFolder.reduce((sum, file) => sum + file.lines, 0);
    yield html`<section><h2>${heading} (${lines})</h2><p>${about}</p>`;
    yield* table('Page', inFolder, (file) => linked(file, pages));
    yield html`</section>\n`;
  }
  const content = files.filter(isContent);
  if (content.length > 0) {
    yield html`<section><h2>Content of files (${content.length})</h2>
<p>As it was sent. Open it only with a program that you would open a download with: this page doesn't.</p>`;
    yield* table('File', content, ({ name }) => html`${name}`);
    yield html`</section>\n`;
  }
  yield html`<section><h2>For programs</h2>
<p>Each page shows the lines of the .jsonl file of the same name. manifest.json lists every file with its SHA-256.</p>
<p>Generated content: ${head.marks}.</p></section>
</main>
${PAGE_END}`;
}

/** A file of version 0.1.0, whose export was updated while it was being made, has no page. */
function linked({ name }: ListedFile, pages: ReadonlySet<string>): Html {
  const page = `${name.slice(0, -LINES.length)}${PAGE}`;
  return pages.has(page) ? html`<a href="${page}">${page}</a>` : html`${name}`;
}

function byFolder(files: readonly ListedFile[]): Map<string, ListedFile[]> {
  const folders = new Map<string, ListedFile[]>();
  for (const file of files) {
    const inFolder = folders.get(folderIn(file));
    if (inFolder === undefined) folders.set(folderIn(file), [file]);
    else inFolder.push(file);
  }
  return folders;
}

function* table(first: string, files: readonly ListedFile[], name: (file: ListedFile) => Html): Generator<Html> {
  yield html`<table><thead><tr><th scope="col">${first}</th><th scope="col">Lines</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead><tbody>\n`;
  for (const file of files) {
    yield html`<tr><td>${name(file)}</td><td>${file.lines}</td><td>${file.bytes}</td><td><code>${file.sha256}</code></td></tr>\n`;
  }
  yield html`</tbody></table>`;
}
