// Two people share a telephone: pages that were kept for hours without a signal go with whoever signs out.
(() => {
  if (!self.caches) return;
  const clear = () => caches.delete("viche-pages").catch(() => {}); // storage is closed to us: then nothing lies there
  const leaving = document.querySelector("[data-leaving]");
  if (leaving) leaving.addEventListener("submit", clear);
  // A term that ran out, a sign-out whose page never came: the next page that knows nobody clears as well.
  else if (document.querySelector("[data-nobody]")) clear();
})();
