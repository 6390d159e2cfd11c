/** An e-mail address, or an https URL without user information. */
export const ALERT_ADDRESS =
  /^(?:[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}|https:\/\/[A-Za-z0-9.-]+(?:\/[^\s@]*)?)$/;
