// A date typed or picked becomes the component's value; a value set by the server (Clear) reaches the field.
const field = () => element.querySelector("input");
element.addEventListener("change", () => {
  props.value = field().value;
  trigger("change");
});
watch("value", () => { field().value = props.value || ""; });
