// Streamlit's own words, which its API cannot translate; never what people or pages wrote.
// A key stands word for word in the installed bundle (tests/views/test_look.py keeps it so); {} is any text.
const WORDS = {
  "(opens in new tab)": "(s'ouvre dans un nouvel onglet)",
  "(required)": "(obligatoire)",
  "About": "À propos",
  "Add files": "Ajouter des fichiers",
  "Add row": "Ajouter une ligne",
  "Add: {}": "Ajouter : {}",
  "App pages": "Pages de l'application",
  "Autosize": "Ajuster la largeur",
  "Average": "Moyenne",
  "Cancel": "Annuler",
  "Choose an option": "Choisissez une option",
  "Choose date": "Choisir une date",
  "Choose date range": "Choisir une période",
  "Choose options": "Choisissez des options",
  "Clear all": "Tout effacer",
  "Clear date": "Effacer la date",
  "Clear dates": "Effacer les dates",
  "Clear entry": "Effacer la saisie",
  "Clear selection": "Effacer la sélection",
  "Clear value": "Effacer la valeur",
  "Close": "Fermer",
  "Close Search": "Fermer la recherche",
  "Close fullscreen": "Quitter le plein écran",
  "Collapse sidebar": "Replier le menu latéral",
  "Connection timed out.": "Le serveur a cessé de répondre.",
  "Copy": "Copier",
  "Copy column name": "Copier le nom de la colonne",
  "Copy to clipboard": "Copier",
  "Count": "Nombre",
  "Dark": "Sombre",
  "Dataframe column menu": "Menu de la colonne",
  "Date range": "Période",
  "Decrement": "Diminuer",
  "Delete row(s)": "Supprimer les lignes",
  "Distinct": "Valeurs distinctes",
  "Download as PNG": "Télécharger l'image",
  "Download failed": "Le téléchargement a échoué",
  "Drag and drop files here": "Déposez des fichiers ici",
  "Edit": "Modifier",
  "Empty": "Vides",
  "Expand sidebar": "Déplier le menu latéral",
  "Format": "Format",
  "Fullscreen": "Plein écran",
  "Hide column": "Masquer la colonne",
  "Hide password": "Masquer le mot de passe",
  "Increment": "Augmenter",
  "Incompatible value": "Valeur incompatible",
  "Light": "Clair",
  "Main menu": "Menu principal",
  "Maximum": "Maximum",
  "Maximum length": "Longueur maximale",
  "Median": "Médiane",
  "Minimum": "Minimum",
  "Minimum length": "Longueur minimale",
  "Average length": "Longueur moyenne",
  "Based on sample": "D'après un échantillon",
  "Navigate to home page": "Aller à l'accueil",
  "Next Result": "Résultat suivant",
  "Next page": "Page suivante",
  "No content": "Aucun contenu",
  "No data": "Aucune donnée",
  "No options": "Aucune option",
  "No options to select": "Aucune option à choisir",
  "No results": "Aucun résultat",
  "Notifications": "Avis",
  "Number is above the allowed range.": "Le nombre dépasse le maximum permis.",
  "Number is below the allowed range.": "Le nombre est sous le minimum permis.",
  "Open": "Ouvrir",
  "Page not found": "Page introuvable",
  "Pagination": "Pagination",
  "Pin column": "Figer la colonne",
  "Please wait...": "Un instant…",
  "Press Enter to {}": "Entrée pour valider",
  "Previous Result": "Résultat précédent",
  "Previous page": "Page précédente",
  "Print": "Imprimer",
  "Quick select a date range": "Choix rapide d'une période",
  "Range": "Étendue",
  "Remove {}": "Retirer {}",
  "Running...": "Calcul en cours…",
  "Scroll tabs left": "Onglets vers la gauche",
  "Scroll tabs right": "Onglets vers la droite",
  "Search": "Rechercher",
  "Select all": "Tout choisir",
  "Selected values": "Valeurs choisies",
  "Show chart": "Voir le graphique",
  "Show data": "Voir les données",
  "Show password": "Voir le mot de passe",
  "Show/hide columns": "Colonnes affichées",
  "Sidebar": "Menu latéral",
  "Skip to main content": "Aller au contenu",
  "Sort ascending": "Tri croissant",
  "Sort descending": "Tri décroissant",
  "Standard deviation": "Écart type",
  "Sum": "Somme",
  "System": "Système",
  "The page that you have requested does not seem to exist{}": "La page demandée n'existe pas ou ne vous est pas ouverte ; voici l'accueil.",
  "The value cannot be interpreted as a number.": "La valeur n'est pas un nombre.",
  "The value is not part of the allowed options.": "La valeur n'est pas parmi les choix permis.",
  "Theme": "Thème",
  "Top values frequency chart": "Fréquence des principales valeurs",
  "Try again": "Réessayer",
  "Type to search": "Écrivez pour chercher",
  "Unpin column": "Libérer la colonne",
  "Upload": "Téléverser",
  "Upload directories": "Téléverser des dossiers",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Flèches pour changer de date, Entrée pour choisir, Échap pour fermer.",
  "Values": "Valeurs",
  "View {} more": "Voir {} de plus",
  "{} more": "{} autres",
  "View less": "Voir moins",
  "file upload": "téléversement de fichier",
  "Help for {}": "Aide : {}",
  "{} per file": "{} par fichier"
};

(() => {
  const THEIRS =
    "[data-testid=stMarkdownContainer],[data-testid=stMetricValue],[data-testid=stMetricDelta]," +
    "[data-testid=stSidebarNavLink],[data-testid=stTopNavLink],[data-testid=stText],[data-testid=stCode]," +
    "[data-testid=stJson],[data-testid=stTable],[data-testid=stHtml],[data-testid=stFileUploaderFileName]," +
    "[role=option],[data-baseweb=tag],canvas,svg,textarea,[contenteditable],script,style";
  const OURS =  // labels that stand as if people wrote them
    "[data-testid=stFileUploaderDropzone] button,[data-testid=stTopNavSection]";
  const NAMED = ["aria-label", "title", "placeholder"];
  const escaped = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const shapes = Object.entries(WORDS)
    .filter(([english]) => english.includes("{}"))
    .map(([english, french]) => [
      new RegExp("^" + english.split("{}").map(escaped).join("(.+)") + "$"), french]);

  const inFrench = (words) => {
    const bare = words.trim();
    if (Object.hasOwn(WORDS, bare)) return words.replace(bare, () => WORDS[bare]);
    for (const [shape, french] of shapes) {
      const found = bare.match(shape);
      if (found) return french.replace("{}", () => found[1].replace("MB", " Mo"));
    }
    return null;
  };

  const turnText = (node) => {
    const parent = node.parentElement;
    if (!parent || (parent.closest(THEIRS) && !parent.closest(OURS))) return;
    const french = inFrench(node.nodeValue);
    if (french !== null && french !== node.nodeValue) node.nodeValue = french;
  };

  const turnNames = (element) => {
    if (element.closest("[data-testid=stMarkdownContainer],[data-testid=stHtml],canvas")) return;
    for (const name of NAMED) {
      const words = element.getAttribute(name);
      const french = words && inFrench(words);
      if (french && french !== words) element.setAttribute(name, french);
    }
  };

  const turn = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return turnText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    turnNames(node);
    node.querySelectorAll("[aria-label],[title],[placeholder]").forEach(turnNames);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) turnText(texts.currentNode);
  };

  turn(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(turn);
      else if (change.type === "attributes") turnNames(change.target);
      else turnText(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMED });
})();
