document.documentElement.lang = window.onTheRecord.language;
import(location.pathname.replace(/(\/fr)?\/?$/, "") + "/parts/assets/main.js");
