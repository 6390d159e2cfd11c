/** Providers that only compute values; the machine that plans need not have them. */
const UTILITIES = ['archive', 'null', 'random', 'time', 'local', 'tls', 'template', 'http', 'external'];

/**
 * A configuration that can be planned with the provider `aws` alone: versions and other settings of Terraform are left out, and
 * resources of utility providers become `terraform_data`, whose output is as unknown as theirs. Nothing of `aws` changes.
 */
export function adapted(text: string, modules = ''): string {
  let result = withoutBlocks(text, /^[ \t]*terraform\s*\{/gm);
  result = result
    .replace(/^[ \t]*profile\s*=.*$/gm, '')
    .replace(/\b(data\.aws_region\.[\w-]+)\.region\b/g, '$1.name')
    .replace(/"nodejs2[2-9]\.x"/g, '"nodejs20.x"')
    .replace(/"python3\.1[4-9]"/g, '"python3.13"')
    .replace(
      /source(\s*)=\s*"(?:registry\.terraform\.io\/)?terraform-aws-modules\/([\w-]+)\/aws(\/\/[^"]*)?"(\s*version\s*=\s*"[^"]*")?/g,
      (_, space: string, name: string, folder = '') => `source${space}= "${modules}/${name}${folder.slice(1)}"`,
    );
  result = withoutBlocks(result, /^[ \t]*data\s+"archive_file"\s+"[\w-]+"\s*\{/gm);
  result = withoutBlocks(result, new RegExp(String.raw`^[ \t]*provider\s+"(?:${UTILITIES.join('|')})"\s*\{`, 'gm'));
  result = result
    .replace(/\bdata\.archive_file\.[\w-]+(?:\[[^\]]*\])?\.output_path\b/g, '"archive.zip"')
    .replace(/\bdata\.archive_file\.[\w-]+(?:\[[^\]]*\])?\.\w+/g, '"0000"')
    .replace(/filebase64sha256\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '"0000"')
    .replace(/(?:filemd5|filesha256|filesha1|filesha512)\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '"0000"');
  result = replaceBlocks(
    result,
    /^([ \t]*)resource\s+"(?:random_\w+|time_\w+|null_resource)"\s+"([\w-]+)"\s*\{/gm,
    (block, indent, name) => {
      const meta = ['count', 'for_each'].flatMap(
        (key) => new RegExp(String.raw`^\s*${key}\s*=.*$`, 'm').exec(block)?.[0] ?? [],
      );
      return `${indent}resource "terraform_data" "${name}" {\n${meta.join('\n')}\n  input = "value"\n}`;
    },
  );
  return result.replace(
    /\b(?:random_\w+|time_\w+|null_resource)\.([\w-]+)((?:\[[^\]]*\])?)(?:\.\w+)?/g,
    (_, name: string, index: string) => `terraform_data.${name}${index}.output`,
  );
}

const withoutBlocks = (text: string, start: RegExp) => replaceBlocks(text, start, () => '');

function replaceBlocks(
  text: string,
  start: RegExp,
  replacement: (block: string, ...groups: string[]) => string,
): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(start)) {
    if (match.index < from) continue;
    const end = endOfBlock(text, match.index + match[0].length);
    result += text.slice(from, match.index) + replacement(text.slice(match.index, end), ...match.slice(1));
    from = end;
  }
  return result + text.slice(from);
}

/** The position after the brace that closes a block. Braces in texts are in pairs. */
function endOfBlock(text: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; at < text.length && depth > 0; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
  }
  return at;
}
