import { type Language, withoutComments } from '@/lib/guard/scan/comments';
import { TOO_MANY, UNRESOLVED } from '@/lib/guard/template/placeholder';

/** Each text with `¤` for every character of a comment; none where it isn't certain what is one. */
const TEXTS: Readonly<Record<Language, readonly (readonly [text: string, blanked: string | undefined])[]>> = {
  javascript: [
    ['a // b\nc', 'a ¤¤¤¤\nc'],
    ['a /* b\n * c */ d', 'a ¤¤¤¤\n¤¤¤¤¤¤¤ d'],
    ['a /* b', undefined],
    ["a('// b') // c", "a('// b') ¤¤¤¤"],
    ["'a\\'// b' // c", "'a\\'// b' ¤¤¤¤"],
    ['"a\\"// b" // c', '"a\\"// b" ¤¤¤¤'],
    ["'a\\\n// b' // c", "'a\\\n// b' ¤¤¤¤"],
    ["'a\n// b'", undefined],
    ['`a\n// b` // c', '`a\n// b` ¤¤¤¤'],
    ['`\\`// a` // b', '`\\`// a` ¤¤¤¤'],
    ['`\\n// a` // b', '`\\n// a` ¤¤¤¤'],
    ['`\\\n// a` // b', '`\\\n// a` ¤¤¤¤'],
    ['`$5 ${a.b} // c` // d', '`$5 ${a.b} // c` ¤¤¤¤'],
    ["`${f('a')} // b`", undefined],
    ['`${a / b}`', undefined],
    ['x = /[/*]/g // a', 'x = /[/*]/g ¤¤¤¤'],
    ['x = /[ab/]c\\// // a', 'x = /[ab/]c\\// ¤¤¤¤'],
    ['x = /[a\\]/]/ // a', 'x = /[a\\]/]/ ¤¤¤¤'],
    ['x = /*a/ b', undefined],
    ["f(/'/, '// a')", "f(/'/, '// a')"],
    ["return /'/.test(a) // b", "return /'/.test(a) ¤¤¤¤"],
    ['() => /"/ // a', '() => /"/ ¤¤¤¤'],
    ['a / b / c // d', 'a / b / c ¤¤¤¤'],
    ['a[0] / 2 // d', 'a[0] / 2 ¤¤¤¤'],
    ["(a) / '/'", undefined],
    ["if (a) /'/.test(b)", undefined],
    ['größe /* a */ + 大', 'größe ¤¤¤¤¤¤¤ + 大'],
    ['a <!-- b', undefined],
    ['a --> b', undefined],
  ],
  python: [
    ['a # b\nc', 'a ¤¤¤\nc'],
    ["'# a' # b", "'# a' ¤¤¤"],
    ['"a\\"# b" # c', '"a\\"# b" ¤¤¤'],
    ["'a\\'# b' # c", "'a\\'# b' ¤¤¤"],
    ["'a\\\n# b' # c", "'a\\\n# b' ¤¤¤"],
    ["'a\n# b'", undefined],
    ["'' # a", "'' ¤¤¤"],
    ['"" # a', '"" ¤¤¤'],
    ['"""a\n# "b"\n""" # c', '"""a\n# "b"\n""" ¤¤¤'],
    ["'''a\n# 'b'\n''' # c", "'''a\n# 'b'\n''' ¤¤¤"],
    ['"""a\\"""# b""" # c', '"""a\\"""# b""" ¤¤¤'],
    ['f"{a} # {{b}}" # c', 'f"{a} # {{b}}" ¤¤¤'],
    ["F'{a} # b' # c", "F'{a} # b' ¤¤¤"],
    ["rf'a\\d# b' # c", "rf'a\\d# b' ¤¤¤"],
    ["f'' # a", "f'' ¤¤¤"],
    ['f"" # a', 'f"" ¤¤¤'],
    ['f"""{a}\n# b""" # c', 'f"""{a}\n# b""" ¤¤¤'],
    ["f'''{a}\n# b''' # c", "f'''{a}\n# b''' ¤¤¤"],
    ['f"{d["#"]}"', undefined],
    ['f"{a!r:>{b}}"', undefined],
    ['f"{a', undefined],
    ["t'{a}' # b", "t'{a}' ¤¤¤"],
    ["r'a' # b", "r'a' ¤¤¤"],
    ["größe = 'ö' # b", "größe = 'ö' ¤¤¤"],
  ],
  shell: [
    ['a # b\nc', 'a ¤¤¤\nc'],
    ['# a', '¤¤¤'],
    ['a;# b', 'a;¤¤¤'],
    ['(# a', '(¤¤¤'],
    ['a#b', 'a#b'],
    ['a \\# b', 'a \\# b'],
    ["'# a' # b", "'# a' ¤¤¤"],
    ['"# a" # b', '"# a" ¤¤¤'],
    ['"a\\"# b" # c', '"a\\"# b" ¤¤¤'],
    ['"$A ${B} $(c d) # e" # f', '"$A ${B} $(c d) # e" ¤¤¤'],
    ['"$(a "b")"', undefined],
    ['"`a`"', undefined],
    ["$'a\\'# b' # c", "$'a\\'# b' ¤¤¤"],
    ['${a#b} $#', '${a#b} $#'],
    ['$? $! $$ $a # b', '$? $! $$ $a ¤¤¤'],
    ['cat <<EOF\n# a\nEOF\n# b', 'cat <<EOF\n# a\nEOF\n¤¤¤'],
    ['cat << "E"  > f\n# a\nE\n# b', 'cat << "E"  > f\n# a\nE\n¤¤¤'],
    ["cat <<'E'\n# a\nE\n# b", "cat <<'E'\n# a\nE\n¤¤¤"],
    ['cat <<E\n# a\n\tE\n# b\nE', 'cat <<E\n# a\n\tE\n# b\nE'],
    ['cat <<E\n# a\nEX\n# b\nE', 'cat <<E\n# a\nEX\n# b\nE'],
    ['cat <<-E\n# a\n\tE\n# b', 'cat <<-E\n# a\n\tE\n¤¤¤'],
    ["cat <<- 'E'\n# a\nE\n# b", "cat <<- 'E'\n# a\nE\n¤¤¤"],
    ['cat <<E\n# a', undefined],
    ["cat <<'E\n# a\nE", undefined],
    ['a <<< b # c', 'a <<< b ¤¤¤'],
    ['a < b # c', 'a < b ¤¤¤'],
    ['a \\\n# b', 'a \\\n¤¤¤'],
    ['`a`', undefined],
    ["'a", undefined],
  ],
  yaml: [
    ['a: b # c\nd: e', 'a: b ¤¤¤\nd: e'],
    ['# a\nb: c', '¤¤¤\nb: c'],
    ['a: "# b" # c', 'a: "# b" ¤¤¤'],
    ['a: |\n  # b\nc: d # e', 'a: |\n  # b\nc: d ¤¤¤'],
    ['a: b#c', 'a: b#c'],
    ['a: [b, # c\n  d]', 'a: [b, ¤¤¤\n  d]'],
  ],
};

const rows = Object.entries(TEXTS).flatMap(([language, texts]) =>
  texts.map(([text, blanked]) => [language as Language, text, blanked?.replaceAll('¤', ' ')] as const),
);

test.each(rows)('comments of %s are told apart in %j', (language, text, blanked) => {
  expect(withoutComments(text, language)).toBe(blanked);
});

test.each(['javascript', 'python', 'shell', 'yaml'] as const)(
  'what %s a deployment fills in is not known',
  (language) => {
    for (const placeholder of [UNRESOLVED, TOO_MANY])
      expect(withoutComments(`# ${placeholder}\n// ${placeholder}`, language)).toBeUndefined();
  },
);
