import { confetti } from "https://esm.example/confetti";
confetti();
