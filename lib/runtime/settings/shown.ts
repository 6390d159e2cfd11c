/** What the provider answered, as far as a message shows it. */
export const shown = (text: string) => (/^[\w./#-]{1,200}$/.test(text) ? text : '(not shown)');
