// The quick way out: the page is emptied at once, and the way back to it is taken away. Without scripts it is a link.
(() => {
  const leave = () => {
    const to = document.getElementById("leave")?.href;
    if (!to) return;
    document.body.replaceChildren();
    location.replace(to);
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#leave")) return;
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
