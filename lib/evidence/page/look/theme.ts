const LIGHT = `
  color-scheme: light;
  --paper: #ffffff; --sunk: #f5f7fa; --rule: #dde2e9; --ink: #1a2330; --muted: #566172; --accent: #1f4fa3;
  --ok: #17633a; --ok-back: #e5f3ea; --attention: #744700; --attention-back: #fbf0d5;
  --failed: #9c1620; --failed-back: #fce8e8; --unknown: #48505d; --unknown-back: #eaedf1;
  --sea: #f5f7fa; --land: #e3e7ed; --land-inside: #c4d5f0; --border: #ffffff; --flow: #1f4fa3; --copy: #8a5a00;
`;

const DARK = `
  color-scheme: dark;
  --paper: #11161d; --sunk: #181f28; --rule: #2c3541; --ink: #e4e9f0; --muted: #a3aebd; --accent: #8db4f5;
  --ok: #8fdcae; --ok-back: #123322; --attention: #f2cd82; --attention-back: #382a0c;
  --failed: #ffb0b0; --failed-back: #44191c; --unknown: #c3cbd6; --unknown-back: #29303a;
  --sea: #181f28; --land: #28303b; --land-inside: #29456f; --border: #11161d; --flow: #8db4f5; --copy: #f2cd82;
`;

/** The colours. Paper is always light; a screen follows the system unless the reader chose otherwise. */
export const THEME = `
:root { ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK} } }
@media screen { :root[data-theme="dark"] { ${DARK} } }
`;
