// Calendars, localized columns and decimals follow the application's language, not the browser's.
(() => {
  const chosen = { fr: "fr-CA", en: "en-CA" }[document.documentElement.lang] || "fr-CA";
  const tell = (name, value) =>
    Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  tell("language", chosen);
  tell("languages", Object.freeze([chosen]));
})();
