// The quick way out: the page is emptied at once, and the way back to it is taken away. Without scripts it is a link.
(() => {
  const link = document.getElementById("leave");
  if (!link) return;
  const leave = () => {
    document.body.replaceChildren();
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Shift three times, as on other British public sites.
  let times = 0;
  document.addEventListener("keyup", (event) => {
    times = event.key === "Shift" ? times + 1 : 0;
    if (times === 3) leave();
  });
})();
