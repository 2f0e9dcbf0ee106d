// Starts the reference with the configuration that the page carries
Scalar.createApiReference("#app", JSON.parse(document.getElementById("configuration").textContent));
